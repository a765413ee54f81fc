import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { SidebarSearchModal } from '@backstage/plugin-search';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import { makeStyles } from '@material-ui/core/styles';
import MenuIcon from '@material-ui/icons/Menu';
import SearchIcon from '@material-ui/icons/Search';
import type { ComponentProps } from 'react';
import { SidebarLogo } from './SidebarLogo';

const useStyles = makeStyles(
  {
    // The sidebar's own 110 px cut "Model governance" off.
    item: {
      '& .MuiTypography-subtitle2': { width: 'auto', flexShrink: 0 },
      // Icons stay in line; the empty room behind the words gives way.
      '& .MuiBox-root': { flexShrink: 0 },
    },
  },
  { name: 'ModelHubSidebarItem' },
);

function NavItem(props: ComponentProps<typeof SidebarItem>) {
  return (
    <div className={useStyles().item}>
      <SidebarItem {...props} />
    </div>
  );
}

export const SidebarContent = NavContentBlueprint.make({
  params: {
    component: ({ navItems }) => {
      const nav = navItems.withComponent(item => (
        <NavItem icon={() => item.icon} to={item.href} text={item.title} />
      ));

      // These two have a place of their own below.
      nav.take('page:search');
      nav.take('page:notifications');

      return (
        <Sidebar>
          <SidebarLogo />
          <SidebarGroup label="Search" icon={<SearchIcon />} to="/search">
            <SidebarSearchModal />
          </SidebarGroup>
          <SidebarDivider />
          <SidebarGroup label="Menu" icon={<MenuIcon />}>
            {nav.take('page:home')}
            {nav.take('page:model-cards')}
            {nav.take('page:model-governance')}
            {nav.take('page:model-usage')}
            {nav.take('page:model-reviews')}
            {nav.take('page:catalog')}
            {nav.take('page:scaffolder')}
            <SidebarDivider />
            <SidebarScrollWrapper>
              {nav.rest({ sortBy: 'title' })}
            </SidebarScrollWrapper>
          </SidebarGroup>
          <SidebarSpace />
          <SidebarDivider />
          <NotificationsSidebarItem />
          <SidebarDivider />
          <SidebarGroup
            label="Settings"
            icon={<UserSettingsSignInAvatar />}
            to="/settings"
          >
            {nav.take('page:user-settings')}
          </SidebarGroup>
        </Sidebar>
      );
    },
  },
});
